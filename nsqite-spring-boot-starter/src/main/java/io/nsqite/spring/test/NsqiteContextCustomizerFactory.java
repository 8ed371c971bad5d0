package io.nsqite.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Looks for {@link NsqiteTest} on a test class, what it inherits from, and what encloses it. */
final class NsqiteContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        NsqiteTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, NsqiteTest.class);
        return annotation == null
                ? null
                : new NsqiteContextCustomizer(annotation.urlProperty(), annotation.listeners());
    }
}
