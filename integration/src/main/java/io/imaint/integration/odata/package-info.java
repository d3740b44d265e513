/** The OData V2 client: reads the metadata and the pages of a SAP Gateway service, row by row and without a tree. */
@NullMarked
package io.imaint.integration.odata;

import org.jspecify.annotations.NullMarked;
