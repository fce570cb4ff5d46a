package dev.carillon.it.stranger;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** The stranger had a WebSocket before. */
@ServerEndpoint("/echo")
public class EchoEndpoint {

    @OnMessage
    public String echo(String text) {
        return text;
    }
}
