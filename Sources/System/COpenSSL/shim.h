// SPDX-License-Identifier: Apache-2.0
// The system's OpenSSL. The functions below give a name that Swift can call
// to what OpenSSL declares as macros.
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
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
static inline void vigie_bio_set_retry_write(BIO *bio) { BIO_set_retry_write(bio); }
static inline void vigie_bio_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }
