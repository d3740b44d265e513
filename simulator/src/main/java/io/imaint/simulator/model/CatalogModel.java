package io.imaint.simulator.model;

import java.util.List;

/** The model of SAP Gateway's catalog service, as far as callers use it: the list of the services there are. */
public final class CatalogModel {
    public static final String NAMESPACE = "CATALOGSERVICE";
    public static final String PATH = "/sap/opu/odata/IWFND/CATALOGSERVICE";

    private static final List<EntitySet> SETS = ModelText.read("catalog.txt", NAMESPACE);

    /** The services, by technical name and version. */
    public static final EntitySet SERVICES = SETS.getFirst();

    /** Version 1, which is found without a version in its path. */
    public static final ServiceModel VERSION_1 = new ServiceModel(NAMESPACE, PATH, SETS, List.of(), List.of());

    public static final ServiceModel VERSION_2 = new ServiceModel(NAMESPACE, PATH + ";v=2", SETS, List.of(), List.of());

    private CatalogModel() {}
}
