// SPDX-License-Identifier: Apache-2.0
// The system's OpenSSL. The functions below give a name that Swift can call
// to what OpenSSL declares as macros.
#include <stdbool.h>
#include <stddef.h>

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline int vigie_ssl_ctx_set_min_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline long vigie_ssl_ctx_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline long vigie_ssl_ctx_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}

static inline void vigie_ssl_ctx_set_safe_options(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE);
}

static inline int vigie_ssl_set_tlsext_host_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline void vigie_bio_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }
static inline void vigie_bio_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }

static inline int vigie_ssl_ctx_set_groups(SSL_CTX *context, const char *groups) {
    return (int)SSL_CTX_set1_groups_list(context, groups);
}

static inline void vigie_ssl_ctx_set_server_name_callback(SSL_CTX *context,
                                                          int (*callback)(SSL *, int *, void *),
                                                          void *argument) {
    SSL_CTX_set_tlsext_servername_callback(context, callback);
    SSL_CTX_set_tlsext_servername_arg(context, argument);
}

/// Calls a function with the kind (GEN_DNS and so on) and the bytes of each alternative name of a
/// certificate.
static inline void vigie_certificate_names(const X509 *certificate, void *context,
                                           void (*take)(void *, int, const unsigned char *,
                                                        size_t)) {
    GENERAL_NAMES *names = (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name,
                                                             NULL, NULL);
    for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
        int kind;
        const ASN1_STRING *value =
            (const ASN1_STRING *)GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index),
                                                         &kind);
        if (value != NULL && (kind == GEN_DNS || kind == GEN_URI || kind == GEN_EMAIL ||
                              kind == GEN_IPADD)) {
            take(context, kind, ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value));
        }
    }
    GENERAL_NAMES_free(names);
}

/// The public half of an RSA key out of its numbers, big-endian; NULL when OpenSSL refuses them.
static inline EVP_PKEY *vigie_rsa_public_key(const unsigned char *modulus, size_t modulus_length,
                                             const unsigned char *exponent,
                                             size_t exponent_length) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    BIGNUM *n = BN_bin2bn(modulus, (int)modulus_length, NULL);
    BIGNUM *e = BN_bin2bn(exponent, (int)exponent_length, NULL);
    OSSL_PARAM *parameters = NULL;
    if (context != NULL && builder != NULL && n != NULL && e != NULL &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1 &&
        (parameters = OSSL_PARAM_BLD_to_param(builder)) != NULL &&
        EVP_PKEY_fromdata_init(context) == 1 &&
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        key = NULL;
    }
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    BN_free(n);
    BN_free(e);
    EVP_PKEY_CTX_free(context);
    return key;
}

/// The public half of a P-256 key out of its point, 0x04 and both coordinates; NULL when that is no
/// point of the curve.
static inline EVP_PKEY *vigie_p256_public_key(const unsigned char *point, size_t length) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)"prime256v1", 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point, length),
        OSSL_PARAM_construct_end(),
    };
    if (context != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    return key;
}

/// Whether a signature of SHA-256, or of none for Ed25519, is that of a message. `is_pss` pads as
/// RSASSA-PSS does with a salt as long as the digest.
static inline bool vigie_verify(EVP_PKEY *key, bool has_digest, bool is_pss,
                                const unsigned char *signature, size_t signature_length,
                                const unsigned char *message, size_t message_length) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = NULL;
    const EVP_MD *digest = has_digest ? EVP_sha256() : NULL;
    bool is_good = context != NULL &&
                   EVP_DigestVerifyInit(context, &parameters, digest, NULL, key) == 1 &&
                   (!is_pss || (EVP_PKEY_CTX_set_rsa_padding(parameters,
                                                             RSA_PKCS1_PSS_PADDING) == 1 &&
                                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters,
                                                                 RSA_PSS_SALTLEN_DIGEST) == 1)) &&
                   EVP_DigestVerify(context, signature, signature_length, message,
                                    message_length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return is_good;
}

/// A signature of P-256 as OpenSSL wants it, out of its two numbers of 32 bytes.
///
/// Returns its length, at most 72; 0 when it cannot be made.
static inline size_t vigie_ecdsa_signature(const unsigned char *numbers, unsigned char *target) {
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(numbers, 32, NULL);
    BIGNUM *s = BN_bin2bn(numbers + 32, 32, NULL);
    if (signature == NULL || r == NULL || s == NULL || ECDSA_SIG_set0(signature, r, s) != 1) {
        ECDSA_SIG_free(signature);
        BN_free(r);
        BN_free(s);
        return 0;
    }
    int length = i2d_ECDSA_SIG(signature, &target);
    ECDSA_SIG_free(signature);
    return length < 0 ? 0 : (size_t)length;
}
