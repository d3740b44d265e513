import "./ui5";
import "./portal.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { createRoot } from "react-dom/client";
import { ThemeProvider } from "@ui5/webcomponents-react/ThemeProvider";
import { Problem } from "./api/problem";
import { LanguageContext } from "./session/language";
import { SessionProvider, useSession } from "./session/session";
import { returnFromProvider } from "./session/provider";
import { useAppearance, type Appearance } from "./shell/appearance";
import { Loading } from "./ui/Empty";
import { ProblemStrip } from "./ui/ProblemStrip";
import { firstLanguage } from "./words/language";
import { WordsProvider } from "./words/words";

const SignIn = lazy(() => import("./session/SignIn"));
const Portal = lazy(() => import("./Portal"));

/** Asking again helps only where something was lost on the way or the server is busy. */
const RETRIES = 2;
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, failure) => count < RETRIES && !(failure instanceof Problem && failure.status > 0 && failure.status < 500 && failure.status !== 429),
    },
  },
});

function App() {
  const [language, setLanguage] = useState(firstLanguage);
  const { me } = useSession();
  const appearance = useAppearance();
  return (
    <LanguageContext value={setLanguage}>
      <WordsProvider language={me?.language.slice(0, 2) ?? language} timeZone={me?.timeZone ?? undefined}>
        <Start appearance={appearance} />
      </WordsProvider>
    </LanguageContext>
  );
}

/** The page, or what has to come before it. */
function Start({ appearance }: { appearance: Appearance }) {
  const { me, failure } = useSession();
  if (failure && me === undefined) return <ProblemStrip failure={failure} onRetry={() => { location.reload(); }} />;
  if (me === undefined) return <Loading />;
  return <Suspense fallback={<Loading />}>{me === null ? <SignIn /> : <Portal appearance={appearance} />}</Suspense>;
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
returnFromProvider();
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <ThemeProvider>
      <SessionProvider>
        <App />
      </SessionProvider>
    </ThemeProvider>
  </QueryClientProvider>,
);
