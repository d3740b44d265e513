/** Settings: values that file, environment and command line give under one key; every mistake is reported at once. */
@NullMarked
package io.imaint.kernel.settings;

import org.jspecify.annotations.NullMarked;
