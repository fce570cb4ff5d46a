package dev.carillon.demo;

import dev.carillon.topic.Denied;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;

/** What the topics about orders have in common: those who may read orders may hear of them. */
abstract class SalesTopic implements TopicHandler {

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (!who.isInRole(Roles.SALES) && !who.isInRole(Roles.ADMINISTRATOR)) {
            throw new Denied("Orders are for sales and administrators only");
        }
    }

    @Override
    public String subscribersInWords() {
        return "sales and administrators";
    }
}
