/** The audit trail: who changed what, when and from where, in a chain that shows every alteration. */
@NullMarked
package io.imaint.services.audit;

import org.jspecify.annotations.NullMarked;
