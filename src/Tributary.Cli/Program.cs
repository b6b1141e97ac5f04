System.Console.Error.WriteLine("tributary");
return 2;
