import { useState } from "react";
import { useCommand } from "../ui/commands";
import { textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";
import { transfer } from "./commands";
import type { MaterialDetail } from "./reads";
import type { Stock } from "./TransferStock";

/** The form that moves stock to another storage location of its plant. */
export default function TransferDialog({ material, stock, onClose }: { material: MaterialDetail; stock: Stock; onClose: () => void }) {
  const { t, format } = useWords();
  const [seen] = useState(stock); // What is moved does not change below who writes.
  const title = `${t("parts.transfer")}: ${material.description ?? short(material.material)}`;
  const give = useCommand(title);
  const others = material.stocks.filter(({ plant, storageLocation }) => plant === seen.plant && storageLocation !== seen.storageLocation);
  const fields: Field[] = [
    { kind: "number", name: "quantity", label: `${t("field.quantity")} (${seen.baseUnit ?? ""})`, required: true, min: 0, hint: `${t("field.unrestrictedStock")} (${seen.storageLocation ?? ""}): ${format.quantity(seen.unrestrictedStock, seen.baseUnit)}` },
    { kind: "text", name: "receivingStorageLocation", label: t("field.receivingStorageLocation"), required: true, lengthMax: 4, proposed: others.map(({ storageLocation }) => ({ value: storageLocation ?? "", text: "" })) },
    { kind: "text", name: "text", label: t("field.text"), lengthMax: 50 },
  ];
  return (
    <FormDialog
      title={title}
      saveText={t("parts.transfer")}
      fields={fields}
      initial={{ quantity: "", receivingStorageLocation: "", text: "" }}
      save={async (values) => {
        await give((headers) =>
          transfer(headers, {
            movementType: "311",
            material: material.material,
            stockPlant: seen.plant,
            storageLocation: seen.storageLocation,
            receivingStorageLocation: textOf(values, "receivingStorageLocation") || null,
            quantity: Number(textOf(values, "quantity")),
            text: textOf(values, "text") || null,
          }),
        );
      }}
      onClose={onClose}
    />
  );
}
