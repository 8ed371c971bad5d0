package io.nsqite.spring.listener;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.springframework.util.ReflectionUtils;

/**
 * Finds the annotations by the types of all beans, so that beans which are created lazily, and beans behind proxies, are
 * found as well.
 */
public final class AnnotationScan<A extends Annotation> {

    private final ConfigurableListableBeanFactory beanFactory;
    private final Class<A> type;

    /** For annotations of a type, on the beans of a factory. */
    public AnnotationScan(ConfigurableListableBeanFactory beanFactory, Class<A> type) {
        this.beanFactory = beanFactory;
        this.type = type;
    }

    /** All of them, on classes and methods. */
    public List<AnnotatedBean<A>> find() {
        List<AnnotatedBean<A>> found = new ArrayList<>();
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
    private boolean canHaveListeners(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, type)
                && (!beanClass.getName().startsWith("org.springframework.")
                        || AnnotatedElementUtils.isAnnotated(beanClass, Component.class));
    }

    private List<AnnotatedBean<A>> onClass(String beanName, Class<?> beanClass) {
        return nearest(beanClass).stream()
                .map(annotation -> new AnnotatedBean<>(beanName, beanClass, null, annotation))
                .toList();
    }

    private List<AnnotatedBean<A>> onMethods(String beanName, Class<?> beanClass) {
        if (!isOnAnyMethod(beanClass)) {
            return List.of();
        }
        MetadataLookup<List<A>> lookup = method -> {
            List<A> annotations = nearest(method);
            return annotations.isEmpty() ? null : annotations;
        };
        Map<Method, List<A>> methods = MethodIntrospector.selectMethods(beanClass, lookup);
        List<AnnotatedBean<A>> found = new ArrayList<>();
        methods.forEach((method, annotations) -> annotations.forEach(
                annotation -> found.add(new AnnotatedBean<>(beanName, beanClass, method, annotation))));
        return found;
    }

    /** Looks at what stands on the methods themselves, which is much quicker than to search the hierarchy of each. */
    private boolean isOnAnyMethod(@Nullable Class<?> declaring) {
        return declaring != null
                && (isOnMethodOf(declaring)
                        || isOnAnyMethod(declaring.getSuperclass())
                        || Arrays.stream(declaring.getInterfaces()).anyMatch(this::isOnAnyMethod));
    }

    private boolean isOnMethodOf(Class<?> declaring) {
        if (!AnnotationUtils.isCandidateClass(declaring, type)) {
            return false;
        }
        for (Method method : ReflectionUtils.getDeclaredMethods(declaring)) {
            if (MergedAnnotations.from(method).isPresent(type)) {
                return true;
            }
        }
        return false;
    }

    /** The annotations where they are first met going up the hierarchy: an overriding method may replace them. */
    private List<A> nearest(AnnotatedElement element) {
        MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
        if (!annotations.isPresent(type)) {
            return List.of();
        }
        List<MergedAnnotation<A>> all = annotations.stream(type).toList();
        int nearest =
                all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(0);
        return all.stream()
                .filter(annotation -> annotation.getAggregateIndex() == nearest)
                .map(MergedAnnotation::synthesize)
                .toList();
    }
}
