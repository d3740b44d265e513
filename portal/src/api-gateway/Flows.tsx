import "./flows.css";
import "@ui5/webcomponents-icons/dist/laptop.js";
import "@ui5/webcomponents-icons/dist/it-system.js";
import { Icon } from "@ui5/webcomponents-react/Icon";
import { Link } from "react-router";
import { useWords } from "../words/words";
import type { Drawing, Lane, Route, Stage, Step } from "./flows";
import { NamedLink } from "./NamedLink";
import { pageOf as providerPage } from "./providers";

/** What a request passes on its way to the target, and the answer on its way back, drawn as steps; read aloud it is a list in that order. */
export function Flows({ drawings }: { drawings: readonly Drawing[] }) {
  const { t } = useWords();
  return drawings.map(({ endpoint, href, stages, faults }) => (
    <div key={endpoint} className="drawing">
      <h3 className="section-title">
        {t("gateway.proxyEndpoint")}: <Link to={href}>{endpoint}</Link>
      </h3>
      <ol className="flow" aria-label={t("gateway.flowsOf", { endpoint })}>
        {stages.map((stage) => (
          <li key={`${stage.kind} ${"endpoint" in stage ? stage.endpoint : ""}`} className={`stage ${SIDES[stage.kind]}`} style={{ "--row": stage.row } as React.CSSProperties}>
            <StageView stage={stage} />
          </li>
        ))}
      </ol>
      {faults.length > 0 && (
        <div className="stage faults">
          <h4>{t("gateway.faultRules")}</h4>
          {faults.map((one) => (
            <div key={one.endpoint} className="stack">
              <p className="quiet flat">{one.endpoint}</p>
              <Lanes lanes={one.lanes} />
            </div>
          ))}
        </div>
      )}
    </div>
  ));
}

const SIDES: Record<Stage["kind"], string> = {
  client: "both end",
  proxyRequest: "request",
  routes: "both",
  targetRequest: "request",
  target: "both end",
  targetResponse: "response",
  proxyResponse: "response",
  afterwards: "both",
};

function StageView({ stage }: { stage: Stage }) {
  const { t } = useWords();
  switch (stage.kind) {
    case "client":
      return (
        <>
          <h4>
            <Icon name="laptop" /> {t("gateway.client")}
          </h4>
          <code>{stage.basePath}</code>
        </>
      );
    case "target":
      return (
        <>
          <h4>
            <Icon name="it-system" /> {t("gateway.target")}: <Link to={stage.href}>{stage.endpoint}</Link>
          </h4>
          {stage.provider !== null && (
            <span>
              {t("gateway.provider")}: <NamedLink name={stage.provider} page={providerPage} />
            </span>
          )}
          <code>{stage.address}</code>
        </>
      );
    case "routes":
      return (
        <>
          <h4>{t("gateway.routes")}</h4>
          <Routes routes={stage.routes} />
        </>
      );
    case "afterwards":
      return (
        <>
          <h4>{t("gateway.stage.afterwards")}</h4>
          <Lanes lanes={stage.lanes} />
        </>
      );
    case "proxyRequest":
    case "proxyResponse":
    case "targetRequest":
    case "targetResponse":
      return (
        <>
          <h4>{t(`gateway.stage.${stage.kind}`)}</h4>
          {stage.lanes.length === 0 ? <p className="quiet flat">{t("gateway.noSteps")}</p> : <Lanes lanes={stage.lanes} />}
        </>
      );
  }
}

const Routes = ({ routes }: { routes: readonly Route[] }) => {
  const { t } = useWords();
  return (
    <ul className="routes">
      {routes.map(({ name, condition, target }) => (
        <li key={name}>
          <strong>{name}</strong>
          {condition !== "" && <Condition text={condition} />}
          <span>{target === null ? t("gateway.noTarget") : `→ ${target}`}</span>
        </li>
      ))}
    </ul>
  );
};

function Condition({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <span className="condition-of">
      {t("gateway.if")} <code>{text}</code>
    </span>
  );
}

function Lanes({ lanes }: { lanes: readonly Lane[] }) {
  const { t } = useWords();
  return (
    <ul className="lanes">
      {lanes.map((lane, index) => (
        <li key={`${lane.name} ${String(index)}`}>
          <div className="lane-head">
            <strong>{lane.name}</strong>
            {lane.always && <span className="tag">{t("gateway.alwaysEnforced")}</span>}
            {lane.condition !== "" && <Condition text={lane.condition} />}
          </div>
          <ol className="steps">
            {lane.steps.map((step, place) => (
              <li key={`${step.policy} ${String(place)}`}>
                <StepView step={step} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function StepView({ step }: { step: Step }) {
  const { t } = useWords();
  const { policy, type, group, condition, href, findings } = step;
  const content = (
    <>
      <span className="step-policy">{policy}</span>
      <span className="step-type">{type === "" ? t("gateway.policyMissing") : type}</span>
      {findings > 0 && <span className="refused">{t("gateway.findingCount", { count: findings })}</span>}
    </>
  );
  return (
    <div className={`step ${group}`}>
      {href === undefined ? <span className="step-link">{content}</span> : (
        <Link to={href} className="step-link">
          {content}
        </Link>
      )}
      {condition !== "" && <Condition text={condition} />}
    </div>
  );
}
