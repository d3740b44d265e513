package io.imaint.simulator.plant;

/** Makes the rows of one set of the generated company. */
abstract class RowMaker implements NumberedRows {
    final Company company;

    RowMaker(Company company) {
        this.company = company;
    }
}
