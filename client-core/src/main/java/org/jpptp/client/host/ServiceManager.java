package org.jpptp.client.host;

/**
 * Whoever started the process as a service, and wants to hear how it is doing. Nothing here fails or waits: a tunnel is more
 * than what is told of it.
 */
public interface ServiceManager {
    /** Nobody did. */
    ServiceManager NONE = new ServiceManager() {
        @Override
        public void ready() {
            // Nobody waits for it.
        }

        @Override
        public void status(String text) {
            // Nobody shows it.
        }

        @Override
        public void stopping() {
            // Nobody waits for it.
        }
    };

    /** What was asked for is there: whatever depends on the tunnel may start. */
    void ready();

    /** One line for whoever asks how the service is doing. */
    void status(String text);

    /** The end has begun. */
    void stopping();
}
