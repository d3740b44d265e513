/** The keys of SAP's objects as types, with SAP's rule for leading zeros in one place. */
@NullMarked
package io.imaint.kernel.identifiers;

import org.jspecify.annotations.NullMarked;
