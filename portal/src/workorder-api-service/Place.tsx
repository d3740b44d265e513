import { Link } from "react-router";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";

type PlaceProps = {
  steps: readonly { functionalLocation: string; description: string | null }[];
  equipment: string | null;
  equipmentDescription: string | null;
};

/** Where an object is in the plant: the functional locations from the top, then the equipment. */
export function Place({ steps, equipment, equipmentDescription }: PlaceProps) {
  const { t } = useWords();
  return (
    <ol className="place" aria-label={t("object.place")}>
      {steps.map((step) => (
        <li key={step.functionalLocation}>
          <Link to={`/functional-locations/${encodeURIComponent(step.functionalLocation)}`}>{step.description ?? step.functionalLocation}</Link> <span className="quiet">{step.functionalLocation}</span>
        </li>
      ))}
      {equipment && (
        <li>
          <Link to={`/equipment/${short(equipment)}`}>{equipmentDescription ?? short(equipment)}</Link> <span className="quiet">{short(equipment)}</span>
        </li>
      )}
    </ol>
  );
}
