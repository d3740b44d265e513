import { VariantItem } from "@ui5/webcomponents-react/VariantItem";
import { VariantManagement } from "@ui5/webcomponents-react/VariantManagement";
import { useWords } from "../words/words";
import type { ListState } from "./listState";
import type { SavedView } from "./Views";

type ViewMenuProps = {
  page: string;
  /** The views of this list. */
  mine: readonly SavedView[];
  state: ListState;
  /** The query that the list opens with where the user has no view for that. */
  standard: string;
  onSave: (views: SavedView[]) => void;
};

/** The views of a list: chooses one, keeps the present one, renames and removes. */
export default function ViewMenu({ page, mine, state, standard, onSave }: ViewMenuProps) {
  const { t } = useWords();
  const current = mine.find((view) => view.query === state.query);
  return (
    <VariantManagement
      hideShare
      hideApplyAutomatically
      hideCreatedBy
      closeOnItemSelect
      dirtyState={current === undefined && state.query !== standard}
      titleText={t("list.variant")}
      level="H2"
      size="H5"
      onSelect={(event) => {
        const name = event.detail.selectedVariant.children;
        state.replace(mine.find((view) => view.name === name)?.query ?? standard);
      }}
      onSaveAs={(event) => {
        const { children: name, isDefault } = event.detail;
        const rest = mine.filter((view) => view.name !== name).map((view) => ({ ...view, standard: view.standard && !isDefault }));
        onSave([...rest, { page, name, query: state.query, standard: isDefault === true }]);
      }}
      onSaveManageViews={(event) => {
        const gone = new Set(event.detail.deletedVariants.map((variant) => variant.children));
        const renamed = new Map(event.detail.updatedVariants.map((variant) => [variant.prevVariant?.children ?? variant.children, variant.children]));
        const opens = event.detail.variants.find((variant) => variant.isDefault)?.children;
        onSave(
          mine
            .filter((view) => !gone.has(view.name))
            .map((view) => ({ ...view, name: renamed.get(view.name) ?? view.name }))
            .map((view) => ({ ...view, standard: view.name === opens })),
        );
      }}
    >
      {/* Not marked as the standard, though it is where no other is: the dialog would take that over for a view that is saved from it. */}
      <VariantItem selected={current === undefined} isDefault={false} labelReadOnly hideDelete>
        {t("list.variantStandard")}
      </VariantItem>
      {mine.map((view) => (
        <VariantItem key={view.name} selected={view === current} isDefault={view.standard}>
          {view.name}
        </VariantItem>
      ))}
    </VariantManagement>
  );
}
