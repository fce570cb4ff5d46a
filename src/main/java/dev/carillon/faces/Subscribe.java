package dev.carillon.faces;

import jakarta.faces.FacesException;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIForm;
import jakarta.faces.component.behavior.AjaxBehavior;
import jakarta.faces.component.behavior.ClientBehavior;
import jakarta.faces.component.behavior.ClientBehaviorContext;
import jakarta.faces.component.behavior.ClientBehaviorHolder;
import jakarta.faces.component.search.SearchExpressionContext;
import jakarta.faces.component.search.SearchExpressionHint;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code <carillon:subscribe>} subscribes the page to a topic for as long as the tag is in the page.
 *
 * <p>To call a function of the page with every event ({@code event.payload}, {@code event.topic} and more, see
 * {@code carillon.d.ts}):
 *
 * <pre>{@code
 * <carillon:subscribe topic="orders/#{order.id}" onmessage="shop.orderChanged"/>
 * }</pre>
 *
 * <p>To let the server render a part of the page again, in a form:
 *
 * <pre>{@code
 * <h:form>
 *   <carillon:subscribe topic="orders">
 *     <f:ajax render=":orders" listener="#{orderList.refresh}"/>
 *   </carillon:subscribe>
 * </h:form>
 * }</pre>
 *
 * <p>Both may be combined. The event of {@code f:ajax} is {@code message}, which is the default.
 *
 * <h2>Attributes</h2>
 * <ul>
 *   <li>{@code topic}: what to subscribe to. May be an expression; if an ajax update writes another topic, the page
 *       changes to that. Empty: no subscription.
 *   <li>{@code onmessage}: the name of a function, such as {@code shop.orderChanged}, looked up on {@code window} when
 *       an event comes.
 *   <li>{@code after}: a position in the topic's history, taken before the data was read that the page shows. What was
 *       published between that and the subscription is replayed; if it is not there any more, that is a gap. It counts when
 *       the tag comes into the page; a later ajax update of the tag changes nothing about it. Empty: none.
 *   <li>{@code catchup}: for topics without a history: whether {@code f:ajax} is to happen once when the subscription is
 *       made, too, since what happened after the page was rendered was not heard. It costs a request for each view of the
 *       page. Default: false.
 *   <li>{@code nonce}: as in {@link Connect}.
 * </ul>
 *
 * <h2>In the page</h2>
 * <ul>
 *   <li>Tags may be many, on the same topics or others, in {@code ui:repeat} too: the page has one connection, and one
 *       subscription for each topic.
 *   <li>After an ajax update the tags that are in the page count. One that was written again with the same topic goes on
 *       without a gap; one that is gone is unsubscribed.
 *   <li>{@code f:ajax}: one request of a tag at a time. Events that come meanwhile cause one more when it is done, however
 *       many they are. After an outage the missed events come, or, if that cannot be, there is a gap: then {@code f:ajax}
 *       happens once, as after an event.
 *   <li>What the server renders is up to the server: the request carries no part of the event, which the page could have
 *       made up.
 *   <li>A topic that the router refuses is told to {@code onerror} of {@code <carillon:connect>}, or to the console.
 * </ul>
 *
 * <p>Who may subscribe is decided by the topic's handler when the page subscribes, not here.
 */
public class Subscribe extends CarillonComponent implements ClientBehaviorHolder {

    public static final String COMPONENT_TYPE = "dev.carillon.faces.Subscribe";

    private static final String MESSAGE = "message";

    @Override
    public Collection<String> getEventNames() {
        return Set.of(MESSAGE);
    }

    @Override
    public String getDefaultEventName() {
        return MESSAGE;
    }

    /** Lets the behaviors queue their event, if this tag is the source of the request. */
    @Override
    public void decode(FacesContext context) {
        Map<String, String> parameters = context.getExternalContext().getRequestParameterMap();
        if (getClientId(context).equals(parameters.get(ClientBehaviorContext.BEHAVIOR_SOURCE_PARAM_NAME))
                && MESSAGE.equals(parameters.get(ClientBehaviorContext.BEHAVIOR_EVENT_PARAM_NAME))) {
            behaviors().forEach(behavior -> behavior.decode(context, this));
        }
    }

    @Override
    void encodeData(FacesContext context, ResponseWriter writer) throws IOException {
        writeIfGiven(writer, "data-carillon-topic", attribute("topic"));
        writeIfGiven(writer, "data-after", attribute("after"));
        writeIfGiven(writer, "data-onmessage", attribute("onmessage"));
        List<AjaxBehavior> ajax = behaviors().stream()
                .map(this::asAjax)
                .filter(behavior -> !behavior.isDisabled())
                .toList();
        if (!ajax.isEmpty()) {
            requireForm();
            writer.writeAttribute("data-execute", clientIds(context, ajax, AjaxBehavior::getExecute), null);
            writer.writeAttribute("data-render", clientIds(context, ajax, AjaxBehavior::getRender), null);
            if (Boolean.parseBoolean(attribute("catchup"))) {
                writer.writeAttribute("data-catchup", "true", "catchup");
            }
        }
    }

    private List<ClientBehavior> behaviors() {
        return getClientBehaviors().getOrDefault(MESSAGE, List.of());
    }

    /** Another behavior is a piece of script in a string, which a page with a Content Security Policy cannot run. */
    private AjaxBehavior asAjax(ClientBehavior behavior) {
        if (behavior instanceof AjaxBehavior ajax) {
            return ajax;
        }
        throw new FacesException(this + " holds a " + behavior.getClass().getName()
                + "; only f:ajax is possible here. Use onmessage for a function of the page");
    }

    private void requireForm() {
        UIComponent ancestor = getParent();
        while (ancestor != null && !(ancestor instanceof UIForm)) {
            ancestor = ancestor.getParent();
        }
        if (ancestor == null) {
            throw new FacesException(this + " holds an f:ajax, which needs an h:form around it");
        }
    }

    /** Client ids separated by spaces, as {@code faces.ajax.request} takes them; keywords that it knows stay. */
    private String clientIds(
            FacesContext context,
            List<AjaxBehavior> behaviors,
            Function<AjaxBehavior, Collection<String>> expressions) {
        SearchExpressionContext search = SearchExpressionContext.createSearchExpressionContext(
                context, this, Set.of(SearchExpressionHint.RESOLVE_CLIENT_SIDE), null);
        Set<String> ids = new LinkedHashSet<>();
        behaviors.stream()
                .map(expressions)
                .flatMap(given -> given == null ? Stream.empty() : given.stream())
                .forEach(expression -> ids.addAll(
                        context.getApplication().getSearchExpressionHandler().resolveClientIds(search, expression)));
        return String.join(" ", ids);
    }

    @Override
    public String toString() {
        return "<carillon:subscribe topic=\"" + attribute("topic") + "\">";
    }
}
