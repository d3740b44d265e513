import { api, read } from "../api/client";
import { useWords } from "../words/words";
import { PasswordPair } from "./PasswordPair";

/** Sets a password by the code that an administrator made, as everybody does who was invited. */
export function ResetForm({ onDone }: { onDone: (user: string) => void }) {
  const { t } = useWords();
  return (
    <PasswordPair
      title={t("signIn.setPassword")}
      submitText={t("signIn.setPassword")}
      asksCode
      send={async ({ user, password, code }) => {
        await read(api.POST("/api/auth/password-reset", { body: { user, code, password } }));
        onDone(user);
      }}
    />
  );
}
