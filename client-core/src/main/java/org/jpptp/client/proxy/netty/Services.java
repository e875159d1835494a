package org.jpptp.client.proxy.netty;

/**
 * What every connection of a client's gets.
 *
 * @param outward the ways into the tunnel
 * @param count of the proxy's work
 * @param associations of SOCKS5
 */
record Services(Outward outward, ProxyCount count, UdpAssociations associations) {}
