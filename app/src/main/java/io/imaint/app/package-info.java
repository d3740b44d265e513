/** The program: the catalogue of targets, what wires them together, and the command line. */
@NullMarked
package io.imaint.app;

import org.jspecify.annotations.NullMarked;
