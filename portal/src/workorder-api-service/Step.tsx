import type { ReactNode } from "react";
import { useCommand, type CommandHeaders, type Item } from "../ui/commands";
import { Confirm } from "../ui/Confirm";

type StepProps = {
  title: string;
  action: string;
  destructive?: boolean;
  call: (header: CommandHeaders) => Promise<{ data?: Item; error?: unknown; response: Response }>;
  onEnd: () => void;
  children: ReactNode;
};

/** Asks before a command that needs no values, and gives it. */
export default function Step({ title, action, destructive = false, call, onEnd, children }: StepProps) {
  const give = useCommand(title);
  return (
    <Confirm title={title} action={action} destructive={destructive} run={() => give(call)} onEnd={onEnd}>
      {children}
    </Confirm>
  );
}
