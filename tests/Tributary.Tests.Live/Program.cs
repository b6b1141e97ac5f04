using Tributary.Tests.Live.Ingest;
using Xunit.Runner.InProc.SystemConsole;

// The tests run here, and so does the child process that the chaos tests kill.
return args is ["load-host", .. var rest] ? await LoadHost.RunAsync(rest) : await ConsoleRunner.Run(args);
