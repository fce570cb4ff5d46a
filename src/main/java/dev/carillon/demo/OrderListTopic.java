package dev.carillon.demo;

import dev.carillon.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;

/** Every change of any order; the list of orders listens to it. */
@Topic("orders")
@ApplicationScoped
class OrderListTopic extends SalesTopic {}
