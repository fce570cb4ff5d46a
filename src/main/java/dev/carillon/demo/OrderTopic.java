package dev.carillon.demo;

import dev.carillon.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;

/** The changes of one order; its edit page listens to it. */
@Topic("orders/{id: \\d+}")
@ApplicationScoped
class OrderTopic extends SalesTopic {}
