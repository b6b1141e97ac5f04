namespace Tributary.Core.Forms;

/// <summary>A definition cannot be read; the message says why without a word of its content.</summary>
public sealed class FormException(string message) : Exception(message);
