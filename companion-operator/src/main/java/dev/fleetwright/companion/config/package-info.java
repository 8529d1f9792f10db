/**
 * AzureClusterAdditionalConfig: each section asks for child objects, which are made, kept, removed and summed up here.
 * Uses the management cluster alone. A new section is one class that implements Section, beside the others.
 * Used by the process, which registers the controller.
 */
@NullMarked
package dev.fleetwright.companion.config;

import org.jspecify.annotations.NullMarked;
