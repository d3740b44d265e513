import { useState } from "react";
import { asProblem, Problem } from "../api/problem";
import { check, differing, land, merged, type Faults, type Field, type Value, type Values } from "./form";

export type SaveProps = {
  fields: readonly Field[];
  /** What the fields hold at first. */
  initial: Values;
  /** The version that is changed; absent for what is new. */
  etag?: string | undefined;
  /** Sends the values; fails with a `Problem`. */
  save: (values: Values, etag: string) => Promise<void>;
  /** Reads the object anew when somebody else changed it meanwhile, or when there is one already where a new one was entered. */
  reload?: ((values: Values) => Promise<{ values: Values; etag: string }>) | undefined;
  /** Whether a field means something with these values; one that does not is neither shown nor checked. */
  shown?: ((field: Field, values: Values) => boolean) | undefined;
  onSaved: () => void;
};

/** The state of a form: what is entered, what is wrong with it, and whether somebody else was faster. */
export type Form = {
  /** The fields that are shown. */
  fields: readonly Field[];
  values: Values;
  set: (name: string, value: Value) => void;
  faults: Faults;
  /** What went wrong besides the fields. */
  problem: Problem | undefined;
  /** The fields that somebody else changed since the form was opened. */
  changedMeanwhile: readonly string[];
  dirty: boolean;
  busy: boolean;
  /** Sends it; answers the first field with a fault, to be focused. */
  submit: () => Promise<string | undefined>;
};

export function useSave({ fields: all, initial, etag = "", save, reload, shown = () => true, onSaved }: SaveProps): Form {
  const [base, setBase] = useState({ values: initial, etag });
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<Problem>();
  const [changedMeanwhile, setChangedMeanwhile] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const fields = all.filter((field) => shown(field, values));

  const show = (found: Faults) => {
    setFaults(found);
    return fields.find(({ name }) => name in found)?.name;
  };

  const takeTheirs = (theirs: Base) => {
    setChangedMeanwhile(differing(base.values, theirs.values));
    setValues(merged(base.values, values, theirs.values));
    setBase(theirs);
  };

  const refused = (failure: Problem) => {
    const { faults: landed, left } = land(fields, failure.findings);
    // Where every finding stands at its field, the problem would only repeat them.
    if (failure.findings.length === 0 || left.length > 0) setProblem(withFindings(failure, left));
    return show(landed);
  };

  const submit = async () => {
    const found = check(fields, values);
    setProblem(undefined);
    setChangedMeanwhile([]);
    if (Object.keys(found).length > 0) return show(found);
    setFaults({});
    setBusy(true);
    try {
      const theirs = await send(values, base, { save, reload });
      if (theirs === undefined) onSaved();
      else takeTheirs(theirs);
    } catch (failure) {
      return refused(asProblem(failure));
    } finally {
      setBusy(false);
    }
    return undefined;
  };

  return {
    fields,
    values,
    set: (name, value) => {
      setValues((now) => ({ ...now, [name]: value }));
      setFaults((now) => Object.fromEntries(Object.entries(now).filter(([other]) => other !== name)));
    },
    faults,
    problem,
    changedMeanwhile,
    dirty: differing(base.values, values).length > 0,
    busy,
    submit,
  };
}

/** What a form was opened with, or what was read meanwhile. */
type Base = { values: Values; etag: string };

/**
 * Sends values that were entered upon others. Where somebody else was faster, answers what is there now, for it to be taken over; where that
 * shows no other values, what was changed lies outside of the form, and the values are sent again, once.
 */
export async function send(values: Values, base: Base, { save, reload }: Pick<SaveProps, "save" | "reload">): Promise<Base | undefined> {
  try {
    await save(values, base.etag);
  } catch (failure) {
    const { status } = asProblem(failure);
    if (reload === undefined || (status !== STALE && status !== UNSEEN)) throw failure;
    const theirs = await reload(values);
    if (status === UNSEEN || differing(base.values, theirs.values).length > 0) return theirs;
    await save(values, theirs.etag);
  }
  return undefined;
}

/** Precondition failed: the version that was changed is not the current one. */
const STALE = 412;

/** Precondition required: something is there that was not seen before it was written. */
const UNSEEN = 428;

const withFindings = ({ status, code, title, detail, remedy, requestId }: Problem, findings: Problem["findings"]) => new Problem({ status, code, title, detail: findings.length > 0 ? "" : detail, remedy, requestId, findings });
