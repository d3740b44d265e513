/** What SAP Plant Maintenance permits and does when somebody creates, changes or completes something: one class for each business object. */
@NullMarked
package io.imaint.simulator.rules;

import org.jspecify.annotations.NullMarked;
