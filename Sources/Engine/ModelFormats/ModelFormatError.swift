// SPDX-License-Identifier: Apache-2.0

// What can be wrong with a model file.

package import Documents

/// A model file that cannot be read: where, and why.
package typealias ModelFormatError = DocumentError
