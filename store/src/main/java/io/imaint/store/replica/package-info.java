/** The collections of replicated SAP data: inbound writes them, services read them, and both know them from here. */
@NullMarked
package io.imaint.store.replica;

import org.jspecify.annotations.NullMarked;
