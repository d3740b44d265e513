/** Tests of the audit trail. */
@NullMarked
package io.imaint.services.audit;

import org.jspecify.annotations.NullMarked;
