/** Capture files, read as a stream and written: pcap and pcapng. Nothing that is read is trusted. */
@NullMarked
package org.jpptp.client.explain.capture;

import org.jspecify.annotations.NullMarked;
