package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated persons: as many in every plant, spread over its crafts. */
final class PersonRows extends RowMaker {

    static final int PER_PLANT = 40;
    /** Personnel numbers are taken by plant, a hundred each. */
    private static final int NUMBERS_PER_PLANT = 100;
    /** The crafts of ten persons in a row. */
    private static final String[] CRAFTS = {
        "MECH", "ELEC", "MECH", "INST", "MECH", "LUBE", "MECH", "ELEC", "INSP", "INST"
    };

    PersonRows(Company company) {
        super(IcwpModel.PERSON, company);
    }

    static String number(int plant, int person) {
        return Digits.of(10_001L + plant * (long) NUMBERS_PER_PLANT + person, 8);
    }

    @Override
    public long count() {
        return (long) company.sites.plants.size() * PER_PLANT;
    }

    @Override
    public String key(long index, int part) {
        return number((int) index / PER_PLANT, (int) index % PER_PLANT);
    }

    @Override
    void fill(long index, RowValues row) {
        int user = user((int) index);
        row.put("PERNR", key(index, 0));
        row.put("ENAME", user >= 0 ? company.tables.userNames[user] : name((int) index));
        row.put("UNAME", user >= 0 ? company.tables.users[user] : null);
        row.put("WERKS", company.sites.plants.get((int) index / PER_PLANT).werks());
        row.put("ARBPL", CRAFTS[(int) index % CRAFTS.length]);
    }

    /** Which of the users a person is, or -1; they are spread evenly over the company. */
    private int user(int person) {
        int step = (int) count() / company.tables.users.length;
        boolean chosen = person % step == 0 && person / step < company.tables.users.length;
        return chosen ? person / step : -1;
    }

    /** Some first name with some last name; both lists have lengths without a common factor, so few persons share both. */
    private String name(int person) {
        String[] first = company.tables.firstNames;
        String[] last = company.tables.lastNames;
        return first[person % first.length].concat(" ").concat(last[person % last.length]);
    }
}
