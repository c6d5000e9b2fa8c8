// How a script in the page asks the kernel something. JupyterLab gives the scripts of an output no way to the kernel, so this
// opens the server's web socket for a moment, as any client does. Elsewhere it fails, and says why.

/**
 * The text of `function(kernel, id, channel, type, content, answers, fails)`: sends one message, whose id and session are
 * `id`, and calls `answers` with each that names this id until that returns true. `fails` gets `elsewhere` (the page is not
 * Jupyter's), `gone` (the kernel is) or `silent` (no answer within ten seconds). It refers only to its arguments and to what
 * a browser has.
 */
export const ASK_KERNEL = `function(kernel,id,channel,type,content,answers,fails){
var config=document.getElementById('jupyter-config-data');
if(!config||!kernel)return fails('elsewhere');
config=JSON.parse(config.textContent);
var over=false,origin=config.wsUrl||location.origin.replace(/^http/,'ws')+(config.baseUrl||'/');
var socket=new WebSocket(origin.replace(/[/]?$/,'/')+'api/kernels/'+kernel+'/channels?session_id='+id+(config.token?'&token='+encodeURIComponent(config.token):''));
var end=function(why){if(over)return;over=true;socket.close();if(why)fails(why)};
socket.onerror=function(){end('gone')};
socket.onmessage=function(event){
if(!over&&typeof event.data==='string'&&event.data.indexOf(id)>=0&&answers(JSON.parse(event.data)))end()};
socket.onopen=function(){
var header={msg_id:id,msg_type:type,username:'',session:id,date:new Date().toISOString(),version:'5.4'};
socket.send(JSON.stringify({header:header,parent_header:{},metadata:{},content:content,buffers:[],channel:channel}));
setTimeout(function(){end('silent')},10000)}}`;
