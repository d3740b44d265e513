import type { components } from "../api/schema";

/** A passkey did not come, because somebody called it off, took too long, or has none here. */
export class PasskeyCalledOff extends Error {
  /** The device has a passkey of the account already. */
  readonly known: boolean;

  constructor(cause: unknown) {
    super("called off", { cause });
    this.known = cause instanceof DOMException && cause.name === "InvalidStateError";
  }
}

/** Whether this browser takes passkeys in the form in which the server has them. */
export const takesPasskeys = (): boolean => typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

/** Makes a passkey; answers what the server keeps of it. */
export const makePasskey = (options: components["schemas"]["PasskeyCreation"]): Promise<unknown> =>
  answered(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) }));

/** Has a passkey sign; answers what proves it. */
export const askPasskey = (request: components["schemas"]["PasskeyRequest"]): Promise<unknown> =>
  answered(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(request) }));

async function answered(ask: () => Promise<Credential | null>): Promise<unknown> {
  try {
    return ((await ask()) as PublicKeyCredential).toJSON();
  } catch (failure) {
    throw new PasskeyCalledOff(failure);
  }
}
