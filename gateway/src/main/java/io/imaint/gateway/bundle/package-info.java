/** Reads, checks, compares and writes bundles: SAP's zips and folders, policy templates, and Apigee's layout. */
@NullMarked
package io.imaint.gateway.bundle;

import org.jspecify.annotations.NullMarked;
