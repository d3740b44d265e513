/** ERP master data: the lists of values from SAP from which people choose what they enter. */
@NullMarked
package io.imaint.services.erpmasterdata;

import org.jspecify.annotations.NullMarked;
