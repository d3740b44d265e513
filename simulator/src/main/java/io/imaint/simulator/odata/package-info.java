/** The OData V2 protocol as a SAP Gateway speaks it: reading of addresses and queries, writing of JSON and XML. */
@NullMarked
package io.imaint.simulator.odata;

import org.jspecify.annotations.NullMarked;
