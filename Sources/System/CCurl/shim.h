// SPDX-License-Identifier: Apache-2.0
// The system's libcurl. Its functions that take anything have a name for each kind below, so that
// Swift can call them.
#include <curl/curl.h>

static inline CURLcode vigie_curl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode vigie_curl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

static inline CURLcode vigie_curl_set_list(CURL *handle, CURLoption option,
                                           struct curl_slist *list) {
    return curl_easy_setopt(handle, option, list);
}

/// Copies a body that is sent.
static inline CURLcode vigie_curl_set_body(CURL *handle, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

typedef size_t (*vigie_curl_taker)(char *bytes, size_t size, size_t count, void *context);

/// Has the lines of an answer's head and the bytes of its body taken.
static inline CURLcode vigie_curl_on_answer(CURL *handle, vigie_curl_taker head,
                                            vigie_curl_taker body, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, head);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

/// Has the bytes asked for that are uploaded.
static inline CURLcode vigie_curl_on_upload(CURL *handle, vigie_curl_taker give, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline long vigie_curl_response_code(CURL *handle) {
    long code = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}
