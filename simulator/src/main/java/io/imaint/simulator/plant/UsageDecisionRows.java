package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated usage decisions: of the lots whose order is technically completed. */
final class UsageDecisionRows extends RowMaker {

    private final InspectionFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    UsageDecisionRows(Company company) {
        super(IcwpModel.USAGE_DECISION, company);
        this.facts = new InspectionFacts(company);
        this.tally = company.tally(IcwpModel.USAGE_DECISION);
        this.walk = tally.walk(OrderChildren.of(company, IcwpModel.USAGE_DECISION));
    }

    @Override
    public long count() {
        return tally.total();
    }

    @Override
    public String key(long index, int part) {
        walk.seek(index);
        return Company.inspectionLot(walk.parent());
    }

    @Override
    void fill(long index, RowValues row) {
        walk.seek(index);
        facts.roll(walk.parent());
        String decision = facts.decision();
        row.put("PRUEFLOS", Company.inspectionLot(walk.parent()));
        row.put("VKATART", "3");
        row.put("VCODEGRP", InspectionFacts.DECISIONS);
        row.put("VCODE", decision);
        row.put("VBEWERTUNG", facts.accepted() ? "A" : "R");
        row.put("QKENNZAHL", score(decision));
        row.put("KURZTEXT", decision.equals("ACC") ? null : "See the results");
        row.put("VNAME", facts.inspector());
        row.put("VDATUM", Days.date(facts.order.technicallyCompleted));
        row.put("CHANGEDAT", Days.instant(facts.order.technicallyCompleted, 15 * 3600));
    }

    private static int score(String decision) {
        return switch (decision) {
            case "ACC" -> 100;
            case "ACCR" -> 70;
            default -> 1;
        };
    }
}
