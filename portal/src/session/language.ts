import { createContext } from "react";

/** Chooses the language of a page on which nobody is signed in. */
export const LanguageContext = createContext<(language: string) => void>(() => undefined);
