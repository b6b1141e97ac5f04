using System.Runtime.InteropServices;

namespace Tributary.Connectors.Mongo;

/// <summary>The few functions of MongoDB's C driver (libmongoc 1.19 or later) that a client needs; everything else is plain commands.</summary>
internal static unsafe partial class MongoNative
{
    private const string Driver = "libmongoc-1.0.so.0";
    private const string Documents = "libbson-1.0.so.0";

    /// <summary>A <c>bson_t</c> has 128 bytes and is aligned to as many; its second 32 bits are the length.</summary>
    public const int DocumentBytes = 128;

    /// <summary>Errors of servers keep their own codes.</summary>
    public const int ErrorApi = 2;

    [StructLayout(LayoutKind.Sequential)]
    public struct Error
    {
        public uint Domain;
        public uint Code;
        public fixed byte Message[504];
    }

    [LibraryImport(Driver, EntryPoint = "mongoc_init")]
    public static partial void Init();

    [LibraryImport(Driver, EntryPoint = "mongoc_uri_new_with_error", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewUri(string text, Error* error);

    [LibraryImport(Driver, EntryPoint = "mongoc_uri_get_option_as_int32", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetOption(nint uri, string name, int fallback);

    [LibraryImport(Driver, EntryPoint = "mongoc_uri_set_option_as_int32", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool SetOption(nint uri, string name, int value);

    [LibraryImport(Driver, EntryPoint = "mongoc_uri_destroy")]
    public static partial void DestroyUri(nint uri);

    [LibraryImport(Driver, EntryPoint = "mongoc_client_new_from_uri_with_error")]
    public static partial nint NewClient(nint uri, Error* error);

    [LibraryImport(Driver, EntryPoint = "mongoc_client_set_error_api")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool SetErrorApi(nint client, int version);

    [LibraryImport(Driver, EntryPoint = "mongoc_client_set_appname", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool SetAppName(nint client, string name);

    [LibraryImport(Driver, EntryPoint = "mongoc_client_command_simple", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool Command(nint client, string database, void* command, nint readPreference, void* reply, Error* error);

    [LibraryImport(Driver, EntryPoint = "mongoc_client_destroy")]
    public static partial void DestroyClient(nint client);

    [LibraryImport(Documents, EntryPoint = "bson_init_static")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool InitStatic(void* document, byte* data, nuint length);

    [LibraryImport(Documents, EntryPoint = "bson_get_data")]
    public static partial byte* GetData(void* document);

    [LibraryImport(Documents, EntryPoint = "bson_destroy")]
    public static partial void DestroyDocument(void* document);
}
