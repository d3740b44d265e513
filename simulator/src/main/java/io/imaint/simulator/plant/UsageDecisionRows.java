package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated usage decisions: of the lots whose order is technically completed. */
final class UsageDecisionRows extends RowMaker {
    private static final int PRUEFLOS = IcwpModel.USAGE_DECISION.place("PRUEFLOS");
    private static final int VKATART = IcwpModel.USAGE_DECISION.place("VKATART");
    private static final int VCODEGRP = IcwpModel.USAGE_DECISION.place("VCODEGRP");
    private static final int VCODE = IcwpModel.USAGE_DECISION.place("VCODE");
    private static final int VBEWERTUNG = IcwpModel.USAGE_DECISION.place("VBEWERTUNG");
    private static final int QKENNZAHL = IcwpModel.USAGE_DECISION.place("QKENNZAHL");
    private static final int KURZTEXT = IcwpModel.USAGE_DECISION.place("KURZTEXT");
    private static final int VNAME = IcwpModel.USAGE_DECISION.place("VNAME");
    private static final int VDATUM = IcwpModel.USAGE_DECISION.place("VDATUM");
    private static final int CHANGEDAT = IcwpModel.USAGE_DECISION.place("CHANGEDAT");

    private final InspectionFacts facts;
    private final Tally tally;
    private final Tally.Walk walk;

    UsageDecisionRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        walk.seek(index);
        facts.roll(walk.parent());
        String decision = facts.decision();
        row[PRUEFLOS] = Company.inspectionLot(walk.parent());
        row[VKATART] = "3";
        row[VCODEGRP] = InspectionFacts.DECISIONS;
        row[VCODE] = decision;
        row[VBEWERTUNG] = facts.accepted() ? "A" : "R";
        row[QKENNZAHL] = score(decision);
        row[KURZTEXT] = decision.equals("ACC") ? null : "See the results";
        row[VNAME] = facts.inspector();
        row[VDATUM] = Days.date(facts.order.technicallyCompleted);
        row[CHANGEDAT] = Days.instant(facts.order.technicallyCompleted, 15 * 3600);
    }

    private static int score(String decision) {
        return switch (decision) {
            case "ACC" -> 100;
            case "ACCR" -> 70;
            default -> 1;
        };
    }
}
