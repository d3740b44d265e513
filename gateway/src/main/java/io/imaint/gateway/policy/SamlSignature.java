package io.imaint.gateway.policy;

import io.imaint.gateway.registry.CertificateStore;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.KeySelectorException;
import javax.xml.crypto.KeySelectorResult;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signatures of XML.
 *
 * <p>A signature proves something about the element that it refers to, which need not be the one that is read: that is how
 * signatures are wrapped. So the signature must be a child of the very element that is read, refer to it by an ID that the
 * document has once, transform it only as SAML allows, and hold nothing else.
 */
final class SamlSignature {
    private static final Set<String> TRANSFORMS = Set.of(
            Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS);

    /** The elements that a signature may have. */
    private static final Set<String> PARTS = Set.of("SignedInfo", "SignatureValue", "KeyInfo");

    private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

    private SamlSignature() {}

    /** Whether an element is signed, as a whole, by somebody whom a store trusts. */
    static boolean isValid(Element signed, CertificateStore store, Instant now) {
        var signatures = SamlXml.children(signed, SamlXml.SIGNATURE, "Signature");
        var id = signed.getAttribute("ID");
        if (signatures.size() != 1 || id.isEmpty() || !isUnique(signed.getOwnerDocument(), id)) {
            return false;
        }
        var element = signatures.getFirst();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element part && !PARTS.contains(part.getLocalName())) {
                return false;
            }
        }
        try {
            var context = new DOMValidateContext(new Trusted(store, now), element);
            context.setProperty("org.jcp.xml.dsig.secureValidation", true);
            context.setIdAttributeNS(signed, null, "ID");
            var signature = FACTORY.unmarshalXMLSignature(context);
            var references = signature.getSignedInfo().getReferences();
            if (references.size() != 1 || !references.getFirst().getURI().equals("#" + id)) {
                return false;
            }
            for (var transform : references.getFirst().getTransforms()) {
                if (!TRANSFORMS.contains(((AlgorithmMethod) transform).getAlgorithm())) {
                    return false;
                }
            }
            return signature.validate(context);
        } catch (MarshalException | XMLSignatureException | RuntimeException invalid) {
            // The JDK answers broken signatures with exceptions of many kinds; none of them is a valid signature.
            return false;
        }
    }

    /** Whether only one element has an ID, however the attribute is spelt. */
    private static boolean isUnique(Document document, String id) {
        int found = 0;
        var all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            var attributes = all.item(i).getAttributes();
            for (int k = 0; k < attributes.getLength(); k++) {
                var attribute = attributes.item(k);
                var name = attribute.getLocalName() == null ? attribute.getNodeName() : attribute.getLocalName();
                if (name.equalsIgnoreCase("ID") && attribute.getNodeValue().equals(id)) {
                    found++;
                }
            }
        }
        return found == 1;
    }

    /** Picks the key of a certificate that is trusted, or was issued by one that is. */
    private static final class Trusted extends KeySelector {
        private final CertificateStore store;
        private final Instant now;

        Trusted(CertificateStore store, Instant now) {
            this.store = store;
            this.now = now;
        }

        @Override
        public KeySelectorResult select(
                @Nullable KeyInfo info, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context)
                throws KeySelectorException {
            var shown = info == null ? List.<X509Certificate>of() : certificates(info);
            for (var certificate : shown) {
                if (isTrusted(certificate)) {
                    Key key = certificate.getPublicKey();
                    return () -> key;
                }
            }
            if (shown.isEmpty() && store.trusted().size() == 1) {
                var only = store.trusted().values().iterator().next();
                if (isCurrent(only)) {
                    Key key = only.getPublicKey();
                    return () -> key;
                }
            }
            throw new KeySelectorException("nobody who is trusted");
        }

        private static List<X509Certificate> certificates(KeyInfo info) {
            var found = new ArrayList<X509Certificate>();
            for (XMLStructure part : info.getContent()) {
                if (part instanceof X509Data data) {
                    for (var one : data.getContent()) {
                        if (one instanceof X509Certificate certificate) {
                            found.add(certificate);
                        }
                    }
                }
            }
            return found;
        }

        private boolean isTrusted(X509Certificate certificate) {
            return isCurrent(certificate)
                    && store.trusted().values().stream()
                            .anyMatch(trusted -> trusted.equals(certificate) || isIssued(certificate, trusted));
        }

        /** Only certificates of authorities issue others. */
        private boolean isIssued(X509Certificate certificate, X509Certificate authority) {
            if (authority.getBasicConstraints() < 0
                    || !isCurrent(authority)
                    || !certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                return false;
            }
            try {
                certificate.verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException no) {
                return false;
            }
        }

        private boolean isCurrent(X509Certificate certificate) {
            return !now.isBefore(certificate.getNotBefore().toInstant())
                    && !now.isAfter(certificate.getNotAfter().toInstant());
        }
    }

    /**
     * Signs an element, which has an ID; the signature becomes its child.
     *
     * @param before the child that the signature comes before; null for the end
     */
    static void sign(
            Element element, PrivateKey key, List<X509Certificate> chain, boolean sha1, @Nullable Element before)
            throws GeneralSecurityException, MarshalException, XMLSignatureException {
        var transforms = List.of(
                FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                FACTORY.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null));
        var reference = FACTORY.newReference(
                "#" + element.getAttribute("ID"),
                FACTORY.newDigestMethod(sha1 ? DigestMethod.SHA1 : DigestMethod.SHA256, null),
                transforms,
                null,
                null);
        var info = FACTORY.newSignedInfo(
                FACTORY.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                FACTORY.newSignatureMethod(algorithm(key, sha1), null),
                List.of(reference));
        var keys = FACTORY.getKeyInfoFactory();
        var shown = keys.newKeyInfo(List.of(keys.newX509Data(chain)));
        var context = before == null ? new DOMSignContext(key, element) : new DOMSignContext(key, element, before);
        context.setDefaultNamespacePrefix("ds");
        context.setIdAttributeNS(element, null, "ID");
        FACTORY.newXMLSignature(info, chain.isEmpty() ? null : shown).sign(context);
    }

    private static String algorithm(PrivateKey key, boolean sha1) {
        return switch (key.getAlgorithm()) {
            case "EC" -> sha1 ? SignatureMethod.ECDSA_SHA1 : SignatureMethod.ECDSA_SHA256;
            default -> sha1 ? SignatureMethod.RSA_SHA1 : SignatureMethod.RSA_SHA256;
        };
    }
}
