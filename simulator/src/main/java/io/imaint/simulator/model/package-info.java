/** The model of the ICWP service: entity sets, their keys and properties, as SAP's tables name them. */
@NullMarked
package io.imaint.simulator.model;

import org.jspecify.annotations.NullMarked;
