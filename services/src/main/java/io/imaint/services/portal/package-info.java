/** The portal: serves the application that people use in the browser, its texts and the views that users keep. */
@NullMarked
package io.imaint.services.portal;

import org.jspecify.annotations.NullMarked;
