import { ObjectPage } from "@ui5/webcomponents-react/ObjectPage";
import { ObjectPageHeader } from "@ui5/webcomponents-react/ObjectPageHeader";
import { ObjectPageSection } from "@ui5/webcomponents-react/ObjectPageSection";
import { ObjectPageTitle } from "@ui5/webcomponents-react/ObjectPageTitle";
import { Breadcrumbs } from "@ui5/webcomponents-react/Breadcrumbs";
import { BreadcrumbsItem } from "@ui5/webcomponents-react/BreadcrumbsItem";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useWords } from "../words/words";
import { usePageTitle } from "./page";
import { useMedia } from "./useMedia";

/** A part of an object's page, reached by its anchor. */
export type Section = { id: string; title: string; content: ReactNode };

type ObjectFrameProps = {
  title: string;
  subtitle?: string | undefined;
  /** The pages above, the outermost first. */
  path: readonly { text: string; href: string }[];
  /** The state of the object, beside its title. */
  status?: ReactNode;
  actions?: ReactNode;
  facts: readonly Fact[];
  sections: readonly Section[];
};

/** A labelled value in the head of an object's page. */
export type Fact = { label: string; value: ReactNode };

/** The page of one object: its name and state, its most important facts, and its parts below anchors. */
export function ObjectFrame({ title, subtitle, path, status, actions, facts, sections }: ObjectFrameProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const phone = useMedia("(max-width: 599px)");
  usePageTitle(title);
  return (
    <ObjectPage
      className="object-page"
      mode="Default"
      hidePinButton
      titleArea={
        <ObjectPageTitle
          breadcrumbs={
            <Breadcrumbs
              accessibleName={t("a11y.breadcrumb")}
              onItemClick={(event) => {
                const href = event.detail.item.href;
                if (!href) return;
                event.preventDefault();
                void navigate(new URL(href, location.href).pathname);
              }}
            >
              {path.map((step) => (
                <BreadcrumbsItem key={step.href} href={step.href}>
                  {step.text}
                </BreadcrumbsItem>
              ))}
              <BreadcrumbsItem>{title}</BreadcrumbsItem>
            </Breadcrumbs>
          }
          header={<h1 className="object-title">{title}</h1>}
          subHeader={subtitle}
          actionsBar={(phone ? undefined : actions) as never}
        >
          {status}
        </ObjectPageTitle>
      }
      headerArea={
        <ObjectPageHeader>
          {phone && actions /* Beside the title they would leave it no room. */}
          <Facts facts={facts} />
        </ObjectPageHeader>
      }
    >
      {sections.map((section) => (
        <ObjectPageSection key={section.id} id={section.id} titleText={section.title} aria-label={section.title}>
          {section.content}
        </ObjectPageSection>
      ))}
    </ObjectPage>
  );
}

/** Labelled values; those without a value are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(({ value }) => value !== undefined && value !== null && value !== "")
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
