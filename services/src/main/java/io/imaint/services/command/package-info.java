/** How services take commands to SAP: keys, waiting and answers, what they check, and what of them reads show before SAP has it. */
@NullMarked
package io.imaint.services.command;

import org.jspecify.annotations.NullMarked;
