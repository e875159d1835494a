/** What is to be known of a machine before a tunnel is tried on it. */
@NullMarked
package org.jpptp.client.doctor;

import org.jspecify.annotations.NullMarked;
