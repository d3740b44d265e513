@NullMarked
package io.imaint.services.alert;

import org.jspecify.annotations.NullMarked;
