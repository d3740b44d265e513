/** Settings: values from file, environment and command line, under the same key. All mistakes are reported at once. */
@NullMarked
package io.imaint.kernel.settings;

import org.jspecify.annotations.NullMarked;
