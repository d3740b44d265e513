package io.imaint.simulator.model;

import java.util.List;
import java.util.Optional;

/**
 * The entity sets of ICWP_INTEGRATION_SUITE_SRV. Lengths and types are those of the SAP tables from which the service
 * reads: T001W, CRHD, IFLOT, IFLOTX, ILOA, EQUI, EQUZ, EQKT, QMEL, QMIH, AUFK, AFIH, AFKO, AFVC and AFVV.
 */
public final class IcwpModel {
    public static final String NAMESPACE = "ICWP_INTEGRATION_SUITE_SRV";
    public static final String PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    public static final EntitySet PLANT = new EntitySet(
            "Plant",
            key("WERKS", 4, "Plant"),
            text("NAME1", 30, "Name 1"),
            text("NAME2", 30, "Name 2"),
            text("STRAS", 30, "Street and House Number"),
            text("PSTLZ", 10, "Postal Code"),
            text("ORT01", 25, "City"),
            text("LAND1", 3, "Country"),
            text("REGIO", 3, "Region"),
            text("SPRAS", 2, "Language"),
            text("IWERK", 4, "Planning Plant"),
            text("FABKL", 2, "Factory Calendar"),
            changed());

    public static final EntitySet WORK_CENTER = new EntitySet(
            "WorkCenter",
            key("WERKS", 4, "Plant"),
            key("ARBPL", 8, "Work Center"),
            text("OBJID", 8, "Object ID"),
            text("KTEXT", 40, "Description"),
            text("VERWE", 4, "Work Center Category"),
            text("VERAN", 3, "Person Responsible"),
            text("PLANV", 3, "Task List Usage"),
            text("STAND", 10, "Location"),
            date("BEGDA", "Start Date"),
            date("ENDDA", "End Date"),
            text("LVORM", 1, "Deletion Flag"),
            changed());

    public static final EntitySet FUNCTIONAL_LOCATION = new EntitySet(
            "FunctionalLocation",
            key("TPLNR", 30, "Functional Location"),
            text("PLTXT", 40, "Description"),
            text("TPLKZ", 5, "Structure Indicator"),
            text("FLTYP", 1, "Category"),
            text("TPLMA", 30, "Superior Functional Location"),
            text("EQART", 10, "Object Type"),
            text("IWERK", 4, "Planning Plant"),
            text("INGRP", 3, "Planner Group"),
            text("SWERK", 4, "Maintenance Plant"),
            text("STORT", 10, "Location"),
            text("BEBER", 3, "Plant Section"),
            text("ABCKZ", 1, "ABC Indicator"),
            text("KOSTL", 10, "Cost Center"),
            text("BUKRS", 4, "Company Code"),
            text("ARBPL", 8, "Main Work Center"),
            text("STATUSES", 100, "Statuses"),
            text("ILOAN", 12, "Location and Account Assignment"),
            text("OBJNR", 22, "Object Number"),
            text("ERNAM", 12, "Created By"),
            date("ERDAT", "Created On"),
            date("AEDAT", "Changed On"),
            changed());

    public static final EntitySet EQUIPMENT = new EntitySet(
            "Equipment",
            key("EQUNR", 18, "Equipment"),
            text("EQKTX", 40, "Description"),
            text("EQTYP", 1, "Equipment Category"),
            text("EQART", 10, "Object Type"),
            text("TPLNR", 30, "Functional Location"),
            text("HEQUI", 18, "Superior Equipment"),
            text("HEQNR", 4, "Position in Superior Equipment"),
            text("IWERK", 4, "Planning Plant"),
            text("INGRP", 3, "Planner Group"),
            text("SWERK", 4, "Maintenance Plant"),
            text("STORT", 10, "Location"),
            text("ABCKZ", 1, "ABC Indicator"),
            text("KOSTL", 10, "Cost Center"),
            text("ARBPL", 8, "Main Work Center"),
            text("HERST", 30, "Manufacturer"),
            text("TYPBZ", 20, "Model Number"),
            text("SERGE", 30, "Manufacturer Serial Number"),
            text("MATNR", 40, "Material"),
            text("SERNR", 18, "Serial Number"),
            text("INVNR", 25, "Inventory Number"),
            text("TIDNR", 25, "Technical Identification Number"),
            text("BAUJJ", 4, "Year of Construction"),
            text("BAUMM", 2, "Month of Construction"),
            date("INBDT", "Start-up Date"),
            date("ANSDT", "Acquisition Date"),
            decimal("ANSWT", 13, 2, "Acquisition Value"),
            text("WAERS", 5, "Currency"),
            decimal("BRGEW", 13, 3, "Gross Weight"),
            text("GEWEI", 3, "Weight Unit"),
            text("STATUSES", 100, "Statuses"),
            text("LVORM", 1, "Deletion Flag"),
            text("OBJNR", 22, "Object Number"),
            text("ERNAM", 12, "Created By"),
            date("ERDAT", "Created On"),
            date("AEDAT", "Changed On"),
            changed());

    public static final EntitySet NOTIFICATION = new EntitySet(
            "Notification",
            key("QMNUM", 12, "Notification"),
            text("QMART", 2, "Notification Type"),
            text("QMTXT", 40, "Description"),
            text("PRIOK", 1, "Priority"),
            text("ARTPR", 2, "Priority Type"),
            text("EQUNR", 18, "Equipment"),
            text("TPLNR", 30, "Functional Location"),
            text("IWERK", 4, "Planning Plant"),
            text("INGRP", 3, "Planner Group"),
            text("ARBPL", 8, "Main Work Center"),
            text("ARBPLWERK", 4, "Plant of Work Center"),
            text("QMNAM", 12, "Reported By"),
            date("QMDAT", "Notification Date"),
            time("MZEIT", "Notification Time"),
            date("STRMN", "Required Start"),
            time("STRUR", "Required Start Time"),
            date("LTRMN", "Required End"),
            time("LTRUR", "Required End Time"),
            text("MSAUS", 1, "Breakdown"),
            date("AUSVN", "Malfunction Start"),
            time("AUZTV", "Malfunction Start Time"),
            date("AUSBS", "Malfunction End"),
            time("AUZTB", "Malfunction End Time"),
            new Property("AUSZT", EdmType.DOUBLE, 0, 0, "Breakdown Duration", false),
            text("MAUEH", 3, "Unit of Breakdown Duration"),
            text("AUFNR", 12, "Order"),
            text("QMGRP", 8, "Code Group"),
            text("QMCOD", 4, "Code"),
            text("STATUSES", 100, "Statuses"),
            text("OBJNR", 22, "Object Number"),
            text("ERNAM", 12, "Created By"),
            date("ERDAT", "Created On"),
            text("AENAM", 12, "Changed By"),
            date("AEDAT", "Changed On"),
            changed());

    public static final EntitySet WORK_ORDER = new EntitySet(
            "WorkOrder",
            key("AUFNR", 12, "Order"),
            text("AUART", 4, "Order Type"),
            text("AUTYP", 2, "Order Category"),
            text("KTEXT", 40, "Description"),
            text("WERKS", 4, "Plant"),
            text("IWERK", 4, "Planning Plant"),
            text("INGRP", 3, "Planner Group"),
            text("ARBPL", 8, "Main Work Center"),
            text("VAWRK", 4, "Plant of Main Work Center"),
            text("EQUNR", 18, "Equipment"),
            text("TPLNR", 30, "Functional Location"),
            text("PRIOK", 1, "Priority"),
            text("ARTPR", 2, "Priority Type"),
            text("ILART", 3, "Maintenance Activity Type"),
            text("QMNUM", 12, "Notification"),
            date("GSTRP", "Basic Start"),
            date("GLTRP", "Basic Finish"),
            date("GSTRS", "Scheduled Start"),
            date("GLTRS", "Scheduled Finish"),
            date("GSTRI", "Actual Start"),
            date("GETRI", "Actual Finish"),
            date("IDAT1", "Release Date"),
            date("IDAT2", "Technical Completion Date"),
            date("IDAT3", "Close Date"),
            text("IPHAS", 1, "Phase"),
            text("ANLZU", 1, "System Condition"),
            text("BUKRS", 4, "Company Code"),
            text("KOKRS", 4, "Controlling Area"),
            text("KOSTV", 10, "Responsible Cost Center"),
            text("WAERS", 5, "Currency"),
            text("AUFPL", 10, "Routing Number of Operations"),
            text("RSNUM", 10, "Reservation"),
            text("WARPL", 12, "Maintenance Plan"),
            text("WAPOS", 16, "Maintenance Item"),
            new Property("ABNUM", EdmType.INT32, 0, 0, "Call Number", false),
            text("STATUSES", 100, "Statuses"),
            text("LOEKZ", 1, "Deletion Flag"),
            text("OBJNR", 22, "Object Number"),
            text("ERNAM", 12, "Created By"),
            date("ERDAT", "Created On"),
            text("AENAM", 12, "Changed By"),
            date("AEDAT", "Changed On"),
            changed());

    public static final EntitySet OPERATION = new EntitySet(
            "Operation",
            key("AUFNR", 12, "Order"),
            key("VORNR", 4, "Operation"),
            key("UVORN", 4, "Suboperation"),
            text("AUFPL", 10, "Routing Number of Operations"),
            text("APLZL", 8, "Counter"),
            text("STEUS", 4, "Control Key"),
            text("ARBPL", 8, "Work Center"),
            text("WERKS", 4, "Plant"),
            text("LTXA1", 40, "Description"),
            text("LARNT", 6, "Activity Type"),
            decimal("ARBEI", 7, 1, "Work"),
            decimal("ISMNW", 7, 1, "Actual Work"),
            text("ARBEH", 3, "Unit of Work"),
            decimal("DAUNO", 5, 1, "Normal Duration"),
            text("DAUNE", 3, "Unit of Duration"),
            date("FSAVD", "Earliest Start Date"),
            time("FSAVZ", "Earliest Start Time"),
            date("SSEDD", "Latest Finish Date"),
            time("SSEDZ", "Latest Finish Time"),
            text("PERNR", 8, "Personnel Number"),
            text("RUECK", 10, "Confirmation"),
            text("STATUSES", 100, "Statuses"),
            text("OBJNR", 22, "Object Number"),
            changed());

    public static final List<EntitySet> SETS =
            List.of(PLANT, WORK_CENTER, FUNCTIONAL_LOCATION, EQUIPMENT, NOTIFICATION, WORK_ORDER, OPERATION);

    private IcwpModel() {}

    public static Optional<EntitySet> find(String setName) {
        return SETS.stream().filter(set -> set.name().equals(setName)).findFirst();
    }

    private static Property key(String name, int length, String label) {
        return new Property(name, EdmType.STRING, length, 0, label, true);
    }

    private static Property text(String name, int length, String label) {
        return new Property(name, EdmType.STRING, length, 0, label, false);
    }

    private static Property date(String name, String label) {
        return new Property(name, EdmType.DATE, 0, 0, label, false);
    }

    private static Property time(String name, String label) {
        return new Property(name, EdmType.TIME, 0, 0, label, false);
    }

    private static Property decimal(String name, int precision, int scale, String label) {
        return new Property(name, EdmType.DECIMAL, precision, scale, label, false);
    }

    private static Property changed() {
        return new Property("CHANGEDAT", EdmType.TIMESTAMP, 0, 0, "Changed At", false);
    }
}
