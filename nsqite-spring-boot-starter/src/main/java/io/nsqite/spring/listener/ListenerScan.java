package io.nsqite.spring.listener;

import io.nsqite.spring.NsqiteListener;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Finds the annotations by the types of all beans, so that beans which are created lazily, and beans behind proxies, are
 * found as well.
 */
final class ListenerScan {

    private final ConfigurableListableBeanFactory beanFactory;

    ListenerScan(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    List<AnnotatedListener> find() {
        List<AnnotatedListener> found = new ArrayList<>();
        for (String beanName : beanFactory.getBeanNamesForType(Object.class)) {
            Class<?> beanClass = beanClass(beanName);
            if (beanClass != null && canHaveListeners(beanClass)) {
                found.addAll(onClass(beanName, beanClass));
                found.addAll(onMethods(beanName, beanClass));
            }
        }
        return found;
    }

    private @Nullable Class<?> beanClass(String beanName) {
        Class<?> beanClass = AutoProxyUtils.determineTargetClass(beanFactory, beanName);
        if (beanClass == null) {
            return null;
        }
        return Proxy.isProxyClass(beanClass) ? behindProxy(beanName, beanClass) : ClassUtils.getUserClass(beanClass);
    }

    /** The class behind a proxy that the application has made itself, which only the bean can tell. */
    private Class<?> behindProxy(String beanName, Class<?> proxyClass) {
        Object bean = beanFactory.getSingleton(beanName);
        return bean == null ? proxyClass : AopProxyUtils.ultimateTargetClass(bean);
    }

    /** Spares the introspection of Spring's own beans. */
    private static boolean canHaveListeners(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, NsqiteListener.class)
                && (!beanClass.getName().startsWith("org.springframework.")
                        || AnnotatedElementUtils.isAnnotated(beanClass, Component.class));
    }

    private static List<AnnotatedListener> onClass(String beanName, Class<?> beanClass) {
        return nearest(beanClass).stream()
                .map(annotation -> new AnnotatedListener(beanName, beanClass, null, annotation))
                .toList();
    }

    private static List<AnnotatedListener> onMethods(String beanName, Class<?> beanClass) {
        MetadataLookup<List<NsqiteListener>> lookup = method -> {
            List<NsqiteListener> annotations = nearest(method);
            return annotations.isEmpty() ? null : annotations;
        };
        Map<Method, List<NsqiteListener>> methods = MethodIntrospector.selectMethods(beanClass, lookup);
        List<AnnotatedListener> found = new ArrayList<>();
        methods.forEach((method, annotations) -> annotations.forEach(
                annotation -> found.add(new AnnotatedListener(beanName, beanClass, method, annotation))));
        return found;
    }

    /** The annotations where they are first met going up the hierarchy: an overriding method may replace them. */
    private static List<NsqiteListener> nearest(AnnotatedElement element) {
        List<MergedAnnotation<NsqiteListener>> all =
                MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(NsqiteListener.class)
                        .toList();
        int nearest =
                all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(0);
        return all.stream()
                .filter(annotation -> annotation.getAggregateIndex() == nearest)
                .map(MergedAnnotation::synthesize)
                .toList();
    }
}
