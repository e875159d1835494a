package org.jpptp.client.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.jspecify.annotations.Nullable;

/**
 * A proxy of HTTP/1.1: CONNECT (RFC 9110 §9.3.6), and for {@code http:} requests in absolute form (RFC 9112 §3.2.2), of which
 * a connection carries one, since behind the first octet of its body everything is only handed on.
 */
final class HttpNegotiation extends Negotiation {
    private static final int HTTP = 80;
    private static final HttpResponseStatus ESTABLISHED = new HttpResponseStatus(200, "Connection established");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)http://([^/?#@]+)([/?][^#]*)?(?:#.*)?");
    private static final List<CharSequence> OF_THIS_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            "Proxy-Connection",
            HttpHeaderNames.PROXY_AUTHORIZATION,
            "Keep-Alive",
            HttpHeaderNames.TE,
            HttpHeaderNames.UPGRADE);

    /** What is asked of the server; null for a connection of which nothing is known. */
    private @Nullable HttpRequest handedOn;

    private boolean asked;

    HttpNegotiation(Services services) {
        super(services);
    }

    @Override
    void said(ChannelHandlerContext context, Object message) {
        if (asked || !(message instanceof HttpRequest request)) {
            return; // the end of a request without a body
        }
        asked = true;
        if (request.decoderResult().isFailure()) {
            failed(context, Refusal.MALFORMED);
            return;
        }
        Optional<Target> target = target(request);
        if (target.isEmpty()) {
            failed(context, Refusal.MALFORMED);
            return;
        }
        // What is behind the head goes by as it is.
        context.pipeline().remove(HttpRequestDecoder.class);
        connect(context, target.get());
    }

    private Optional<Target> target(HttpRequest request) {
        if (request.method().equals(HttpMethod.CONNECT)) {
            return Target.parse(request.uri(), 0);
        }
        Matcher absolute = ABSOLUTE.matcher(request.uri());
        if (!absolute.matches()) {
            return Optional.empty();
        }
        String authority = absolute.group(1);
        String rest = absolute.group(2) == null ? "/" : absolute.group(2);
        handedOn = onward(request, authority, rest.startsWith("/") ? rest : "/" + rest);
        return Target.parse(authority, HTTP);
    }

    /** The same in origin form, and for this one time. */
    private static HttpRequest onward(HttpRequest request, String authority, String path) {
        HttpHeaders headers = request.headers().copy();
        request.headers().getAll(HttpHeaderNames.CONNECTION).stream()
                .flatMap(value -> Pattern.compile("[,\\s]+").splitAsStream(value))
                .filter(name -> !name.isEmpty())
                .forEach(headers::remove);
        OF_THIS_HOP.forEach(headers::remove);
        headers.remove(HttpHeaderNames.HOST);
        // In the letters that servers of old know.
        headers.add("Host", authority).add("Connection", HttpHeaderValues.CLOSE);
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), path, headers);
    }

    @Override
    void established(ChannelHandlerContext context, Channel way) {
        HttpRequest request = handedOn;
        if (request == null) {
            ChannelFuture unused =
                    context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, ESTABLISHED));
        } else {
            HttpRequestEncoder encoder = new HttpRequestEncoder();
            way.pipeline().addLast(encoder);
            ChannelFuture unused = way.writeAndFlush(request);
            way.pipeline().remove(encoder);
        }
        context.pipeline().remove(HttpResponseEncoder.class);
    }

    @Override
    void refuse(ChannelHandlerContext context, Refusal why) {
        ByteBuf body = ByteBufUtil.encodeString(
                context.alloc(), CharBuffer.wrap(ProxyDiagnosis.refused(why) + "\n"), StandardCharsets.US_ASCII);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(why), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=us-ascii")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        last(context, response);
    }

    /** RFC 9110 §15. */
    private static HttpResponseStatus status(Refusal why) {
        return switch (why) {
            case MALFORMED -> HttpResponseStatus.BAD_REQUEST;
            case UNSUPPORTED -> HttpResponseStatus.NOT_IMPLEMENTED;
            case NAME_NOT_FOUND, NETWORK_UNREACHABLE, HOST_UNREACHABLE, CONNECTION_REFUSED, FAILED ->
                HttpResponseStatus.BAD_GATEWAY;
            case NAMES_SILENT, TIMED_OUT -> HttpResponseStatus.GATEWAY_TIMEOUT;
            case TOO_MANY -> HttpResponseStatus.SERVICE_UNAVAILABLE;
        };
    }
}
